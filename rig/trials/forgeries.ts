/** Values that the doors must refuse, by field. */
export const forgeries: Readonly<Record<string, readonly (readonly [what: string, value: unknown])[]>> = {
  issueKey: [
    ['an issue that does not exist', 'DEMO-999'],
    ['a project that does not exist', 'NOPE-1'],
    ['an issue of a project the integration is not open to', 'OPS-1'],
    ['a path', 'DEMO-1/../DEMO-2'],
    ['a query', 'DEMO-1?expand=names'],
    ['JQL', 'DEMO-1 OR 1=1'],
    ['a list', ['DEMO-1']],
  ],
  projectKey: [
    ['a project that does not exist', 'NOPE'],
    ['a project the integration is not open to', 'OPS'],
    ['a path', 'DEMO/../OPS'],
    ['JQL', 'DEMO OR 1=1'],
    ['a list', ['DEMO']],
  ],
  integrationId: [
    ['an unknown integration', '00000000-0000-4000-8000-000000000000'],
    ['an integration of another site', 'OTHER'],
    ['a key of the store', 'x:712020:b0b00000-0000-4000-8000-000000000003'],
    ['a path', '../settings'],
    ['an object', { id: 'x' }],
  ],
  id: [
    ['an unknown integration', '00000000-0000-4000-8000-000000000000'],
    ['an integration of another site', 'OTHER'],
    ['a key of the store', 'integration:x'],
  ],
  repository: [
    ['a repository of another owner', 'acme-secure/vault'],
    ['a person’s own repository', 'alice/dotfiles'],
    ['an owner whose name begins alike', 'acme2/web'],
    ['an owner alone', 'acme'],
    ['a name with more behind it', 'acme/web/harmless'],
    ['a path upwards', 'acme/../acme-secure/vault'],
    ['a path to here', 'acme/./web'],
    ['a path that ends upwards', 'acme/..'],
    ['an address', 'https://evil.example/acme/web'],
    ['a line break', 'acme/web\nx'],
    ['a query', 'acme/web?ref=main'],
    ['a part of an address', 'acme/web#x'],
    ['an encoded path', 'acme%2F..%2Facme-secure/vault'],
    ['a backslash', 'acme\\vault'],
    ['letters that look alike', '\u0430cme/web'],
    ['a name of CodeCommit', 'warehouse'],
    ['a name of another case and owner', 'ACME-SECURE/vault'],
  ],
  sourceBranch: [
    ['another owner’s branch', 'alice:main'],
    ['an option', '-x'],
    ['a range', 'main..develop'],
    ['a commit at a place', 'main@{1}'],
    ['a control character', 'ma\u0000in'],
    ['half a character', 'main\ud800'],
  ],
  branch: [
    ['a branch that is not of the issue', 'develop'],
    ['another owner’s branch', 'alice:DEMO-1'],
    ['an option', '-DEMO-1'],
    ['a path', 'DEMO-1/../main'],
  ],
  credential: [
    ['a password', { kind: 'password', user: 'alice', password: 'ghp_anything' }],
    ['a kind that there is not', { kind: '__proto__', token: 'x' }],
    ['a text', 'ghp_anything'],
  ],
  accountIds: [
    ['a key of the store', ['x:y/z']],
    ['nobody', []],
  ],
  edition: [
    ['a name of Object.prototype', 'constructor'],
    ['another', '__proto__'],
  ],
};

/** Names of every object's prototype are never valid values. */
export const inheritedNames = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
/** Fields whose values are looked up in a table. */
export const named = ['issueKey', 'projectKey', 'integrationId', 'id', 'repository'];
