import { openRecords, record } from '../records.ts';

export type Scope = 'vso.code' | 'vso.code_write' | 'vso.work';

/** What is kept of a token: everything but the token, of which only the SHA-256 stays. Times are ISO 8601 in UTC. */
export type TokenRecord = {
  id: number;
  account: string;
  name: string;
  scopes: Scope[];
  createdAt: string;
  expiresAt: string | undefined;
  revoked: boolean;
  /** Undefined for this organization. */
  organization: string | undefined;
};

export type PullRequestRecord = {
  /** One count for the whole collection. */
  id: number;
  /** `Project/Repository`. */
  repository: string;
  title: string;
  description: string;
  author: string;
  /** Branch names, without `refs/heads/`. */
  source: string;
  target: string;
  sourceCommit: string;
  targetCommit: string;
  draft: boolean;
  /** Logins of people asked to review. */
  reviewers?: string[];
  status: 'active' | 'abandoned' | 'completed';
  createdAt: string;
  closedAt: string | undefined;
};

export type ActivityRecord = {
  id: number;
  repository: string;
  type: 'created' | 'deleted' | 'pushed';
  actor: string;
  branch: string;
  before: string;
  after: string;
  at: string;
};

/** All that happened to a simulated service, in one database file. Calls are synchronous: each is one whole step. */
export type Store = ReturnType<typeof openStore>;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS pull_requests (id INTEGER PRIMARY KEY AUTOINCREMENT, repository TEXT NOT NULL,
    source TEXT NOT NULL, target TEXT NOT NULL, active INTEGER NOT NULL, record TEXT NOT NULL) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS one_active_pull_request ON pull_requests (repository, source, target) WHERE active = 1;
  CREATE TABLE IF NOT EXISTS activity (id INTEGER PRIMARY KEY AUTOINCREMENT, repository TEXT NOT NULL, record TEXT NOT NULL) STRICT;
`;

/** Opens (and when needed creates) the database file. */
export const openStore = (file: string) => {
  const { all, one, run, tokens, clear, close } = openRecords<TokenRecord>(file, SCHEMA);

  return {
    ...tokens,
    /** The account whose token it was; undefined when there is none of that number. */
    revokeToken(id: number): string | undefined {
      const token = tokens.token(id);
      if (token !== undefined) tokens.changeToken(id, { revoked: true });
      return token?.account;
    },

    /** Undefined when an active pull request between the same branches is already there. */
    addPullRequest(pull: Omit<PullRequestRecord, 'id'>): PullRequestRecord | undefined {
      const { repository, source, target } = pull;
      const twin = 'SELECT id FROM pull_requests WHERE repository = ? AND source = ? AND target = ? AND active = 1';
      if (one(twin, repository, source, target) !== undefined) return undefined;
      const sql = 'INSERT INTO pull_requests (repository, source, target, active, record) VALUES (?, ?, ?, 1, ?)';
      return { ...pull, id: run(sql, repository, source, target, JSON.stringify(pull)) };
    },
    savePullRequest(pull: PullRequestRecord): void {
      const active = pull.status === 'active' ? 1 : 0;
      run('UPDATE pull_requests SET active = ?, record = ? WHERE id = ?', active, JSON.stringify(pull), pull.id);
    },
    /** Newest first. */
    pullRequests: (repository: string): PullRequestRecord[] =>
      all('SELECT id, record FROM pull_requests WHERE repository = ? ORDER BY id DESC', repository).map((row) =>
        record<PullRequestRecord>(row),
      ),

    addActivity(activity: Omit<ActivityRecord, 'id'>): void {
      run('INSERT INTO activity (repository, record) VALUES (?, ?)', activity.repository, JSON.stringify(activity));
    },
    /** Newest first. */
    activity: (repository: string): ActivityRecord[] =>
      all('SELECT id, record FROM activity WHERE repository = ? ORDER BY id DESC', repository).map((row) =>
        record<ActivityRecord>(row),
      ),

    clear,
    close,
  };
};
