import { registerHooks } from 'node:module';

/** Lets Node run `src/` as it is: its imports name no extension, as Forge's bundler wants them. */
registerHooks({
  resolve(specifier, context, next) {
    if (!specifier.startsWith('.') || /\.\w+$/.test(specifier)) return next(specifier, context);
    for (const ending of ['.ts', '/index.ts']) {
      try {
        return next(`${specifier}${ending}`, context);
      } catch {
        // The next ending may be there.
      }
    }
    return next(specifier, context);
  },
});
