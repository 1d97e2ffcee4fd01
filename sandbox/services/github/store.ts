import { openRecords, record } from '../records.ts';

export type TokenKind = 'classic' | 'fine-grained';
export type Permission = 'read' | 'write';

/** What is kept of a token: everything but the token, of which only the SHA-256 stays. Times are ISO 8601 in UTC. */
export type TokenRecord = {
  id: number;
  account: string;
  kind: TokenKind;
  note: string;
  scopes: string[];
  resourceOwner: string | undefined;
  permissions: Record<string, Permission>;
  createdAt: string;
  expiresAt: string | undefined;
  revoked: boolean;
  authorizedOrganizations: string[];
};
export type NewToken = Omit<TokenRecord, 'id'>;

export type PullRequestRecord = {
  id: number;
  /** `owner/name` of the repository, as the world spells it. */
  repository: string;
  number: number;
  title: string;
  body: string | undefined;
  author: string;
  head: string;
  base: string;
  headSha: string;
  baseSha: string;
  draft: boolean;
  state: 'open' | 'closed' | 'merged';
  reviewers: string[];
  createdAt: string;
  updatedAt: string;
  closedAt: string | undefined;
};

export type ActivityType = 'branch_creation' | 'branch_deletion' | 'push' | 'force_push';
export type ActivityRecord = {
  id: number;
  repository: string;
  type: ActivityType;
  actor: string;
  ref: string;
  before: string;
  after: string;
  at: string;
};

export type RateRecord = { used: number; resetAt: number };

/** All that happened to a simulated GitHub, in one database file. Calls are synchronous: each is one whole step. */
export type Store = ReturnType<typeof openStore>;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS sso_requests (key TEXT PRIMARY KEY, token INTEGER NOT NULL, organization TEXT NOT NULL, expires_at INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS pull_requests (id INTEGER PRIMARY KEY AUTOINCREMENT, repository TEXT NOT NULL, number INTEGER NOT NULL,
    head TEXT NOT NULL, base TEXT NOT NULL, open INTEGER NOT NULL, record TEXT NOT NULL, UNIQUE (repository, number)) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS one_open_pull_request ON pull_requests (repository, head, base) WHERE open = 1;
  CREATE TABLE IF NOT EXISTS activity (id INTEGER PRIMARY KEY AUTOINCREMENT, repository TEXT NOT NULL, record TEXT NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS activity_of_repository ON activity (repository);
  CREATE TABLE IF NOT EXISTS rates (key TEXT PRIMARY KEY, used INTEGER NOT NULL, reset_at INTEGER NOT NULL) STRICT;
`;

/** Opens (and when needed creates) the database file. */
export const openStore = (file: string) => {
  const { all, one, run, tokens, clear, close } = openRecords<TokenRecord>(file, SCHEMA);

  return {
    ...tokens,
    revokeToken: (id: number): void => tokens.changeToken(id, { revoked: true }),
    authorizeToken(id: number, organization: string): void {
      const authorized = tokens.token(id)?.authorizedOrganizations ?? [];
      tokens.changeToken(id, { authorizedOrganizations: [...new Set([...authorized, organization])] });
    },
    /** Remembers what a single sign-on address stands for, until `expiresAt` (milliseconds since 1970). */
    addSsoRequest(key: string, token: number, organization: string, expiresAt: number): void {
      run('INSERT INTO sso_requests VALUES (?, ?, ?, ?)', key, token, organization, expiresAt);
    },
    ssoRequest(key: string, now: number): { token: number; organization: string } | undefined {
      const row = one('SELECT token, organization FROM sso_requests WHERE key = ? AND expires_at > ?', key, now);
      return row && { token: Number(row['token']), organization: String(row['organization']) };
    },

    /** Undefined when an open pull request for the same head and base is already there. Gives it the next number. */
    addPullRequest(pull: Omit<PullRequestRecord, 'id' | 'number'>): PullRequestRecord | undefined {
      const { repository, head, base } = pull;
      const twin = 'SELECT id FROM pull_requests WHERE repository = ? AND head = ? AND base = ? AND open = 1';
      if (one(twin, repository, head, base) !== undefined) return undefined;
      const last = one('SELECT max(number) AS last FROM pull_requests WHERE repository = ?', repository);
      const number = Number(last?.['last'] ?? 0) + 1;
      const sql = 'INSERT INTO pull_requests (repository, number, head, base, open, record) VALUES (?, ?, ?, ?, 1, ?)';
      const id = run(sql, repository, number, head, base, JSON.stringify({ ...pull, number }));
      return { ...pull, id, number };
    },
    savePullRequest(pull: PullRequestRecord): void {
      const open = pull.state === 'open' ? 1 : 0;
      run('UPDATE pull_requests SET open = ?, record = ? WHERE id = ?', open, JSON.stringify(pull), pull.id);
    },
    /** Newest first. */
    pullRequests: (repository: string): PullRequestRecord[] =>
      all('SELECT id, record FROM pull_requests WHERE repository = ? ORDER BY number DESC', repository).map((row) =>
        record<PullRequestRecord>(row),
      ),

    addActivity(activity: Omit<ActivityRecord, 'id'>): void {
      run('INSERT INTO activity (repository, record) VALUES (?, ?)', activity.repository, JSON.stringify(activity));
    },
    /** When something last happened in each repository where anything did. */
    lastActivity: (): Map<string, string> =>
      new Map(
        all('SELECT repository, max(id), record FROM activity GROUP BY repository').map((row) => [
          String(row['repository']),
          (JSON.parse(String(row['record'])) as { at: string }).at,
        ]),
      ),
    /** Newest first. */
    activity: (repository: string): ActivityRecord[] =>
      all('SELECT id, record FROM activity WHERE repository = ? ORDER BY id DESC', repository).map((row) =>
        record<ActivityRecord>(row),
      ),

    rate(key: string): RateRecord | undefined {
      const row = one('SELECT used, reset_at FROM rates WHERE key = ?', key);
      return row && { used: Number(row['used']), resetAt: Number(row['reset_at']) };
    },
    setRate(key: string, rate: RateRecord): void {
      run('INSERT OR REPLACE INTO rates VALUES (?, ?, ?)', key, rate.used, rate.resetAt);
    },

    clear,
    close,
  };
};
