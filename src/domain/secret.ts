const HIDDEN = '[secret]';

/** A value that shows itself as `[secret]` wherever it is printed, serialised or inspected; only `reveal` returns it. */
export type Secret = {
  reveal(): string;
  toString(): string;
  toJSON(): string;
};

/** Wraps a value so that no log, error or answer can show it by accident. */
export function secret(value: string): Secret {
  return Object.freeze({
    reveal: () => value,
    toString: () => HIDDEN,
    toJSON: () => HIDDEN,
    [Symbol.toPrimitive]: () => HIDDEN,
    [Symbol.for('nodejs.util.inspect.custom')]: () => HIDDEN,
  });
}
