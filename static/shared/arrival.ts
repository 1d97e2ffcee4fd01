import { view } from '@forge/bridge';
import { loadMessages } from './translate';

/*
 * What every page waits for is sent for when this file is evaluated. Pages import it first, so that all of it is on its way
 * while React is evaluated. The language is a guess, the browser's: nearly always it is that of the person's Jira.
 */
export const coloured = view.theme.enable().catch(() => undefined);
export const context = view.getContext();
loadMessages(navigator.language).catch(() => undefined);
