type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** A person's input in a dialog, stored in this tab until it is done. Never a token. */
export type Draft<Fields> = { read: () => Partial<Fields>; write: (fields: Fields) => void; clear: () => void };

/**
 * A draft per dialog, issue and person. `storage` gives the tab's storage and may throw, as a browser does that forbids it; then
 * nothing is stored and nothing breaks.
 */
export function draftOf<Fields extends object>(
  dialog: string,
  issueKey: string,
  accountId: string,
  storage: () => Store = () => window.sessionStorage,
): Draft<Fields> {
  const key = `undersigned:${dialog}:${issueKey}:${accountId}`;
  return {
    read: () =>
      attempt(() => {
        const fields: unknown = JSON.parse(storage().getItem(key) ?? '{}');
        return typeof fields === 'object' && fields !== null ? fields : {};
      }) ?? {},
    write: (fields) => void attempt(() => storage().setItem(key, JSON.stringify(fields))),
    clear: () => void attempt(() => storage().removeItem(key)),
  };
}

/** A person's last choice, in this browser: the installed editor is a matter of the machine. `of`: the place of the choice. */
export function choiceOf<Fields extends object>(name: string, of: string, accountId: string): Draft<Fields> {
  return draftOf(name, of, accountId, () => window.localStorage);
}

function attempt<Value>(action: () => Value): Value | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
