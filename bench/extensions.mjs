import { registerHooks } from 'node:module';

/** Lets Node run `src/` as it is: its imports name no extension, as Forge's bundler wants them. */
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
