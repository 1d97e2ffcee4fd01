/** The one part of `@forge/i18n` that `@forge/bridge` needs for `view.getContext`; see `forge-bridge.ts`. */
export { ensureLocale } from '../../node_modules/@forge/i18n/out/ensureLocale.js';
