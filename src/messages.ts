import type en from '../locales/en-US.json';

/** A sentence of `locales/`. */
export type MessageKey = keyof typeof en;
