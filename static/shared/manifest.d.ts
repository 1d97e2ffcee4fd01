/** The locales of `translations`, as `static/compile-messages.mts` makes them of the manifest. */
declare module '*/manifest.yml' {
  const locales: readonly { key: string; load: () => Promise<{ default: Readonly<Record<string, unknown>> }> }[];
  export default locales;
}
