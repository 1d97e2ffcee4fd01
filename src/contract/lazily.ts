/**
 * Values that are made when they are first looked at. Making a schema takes longer than using it, and an invocation looks at one
 * call's: the others are never made.
 */
export function lazily<const Made extends Readonly<Record<string, unknown>>>(makers: {
  readonly [Name in keyof Made]: () => Made[Name];
}): Made {
  const properties = Object.entries<() => unknown>(makers).map(([name, make]) => {
    let made: unknown;
    return [name, { enumerable: true, get: () => (made ??= make()) }] as const;
  });
  return Object.defineProperties({}, Object.fromEntries(properties)) as Made;
}
