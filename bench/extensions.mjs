import { registerHooks } from 'node:module';

/** Lets Node run `src/` unchanged: its imports have no extension, because Forge's bundler demands that. */
registerHooks({
  resolve(specifier, context, next) {
    const endings = specifier.startsWith('.') ? ['', '.ts', '/index.ts'] : ['', '.js'];
    let failure;
    for (const ending of endings) {
      try {
        return next(`${specifier}${ending}`, context);
      } catch (error) {
        failure ??= error;
      }
    }
    throw failure;
  },
});
