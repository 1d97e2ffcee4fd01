import { openRecords, record } from '../records.ts';

/** What is kept of a token: everything but the token, of which only the SHA-256 stays. */
export type TokenRecord = {
  id: number;
  account: string;
  name: string;
  scopes: string[];
  /** Permissions of a fine-grained token. */
  granular: string[] | undefined;
  /** ISO 8601 in UTC. */
  createdAt: string;
  /** `YYYY-MM-DD`. */
  expiresAt: string | undefined;
  revoked: boolean;
  /** The token it took the place of. */
  previous?: number;
};

export type MergeRequestRecord = {
  id: number;
  project: string;
  iid: number;
  title: string;
  description: string | undefined;
  author: string;
  source: string;
  target: string;
  sha: string;
  /** The target's commit when it was opened or last looked at. */
  targetSha: string;
  removeSource: boolean;
  /** Logins of people asked to review. */
  reviewers?: string[];
  state: 'opened' | 'merged' | 'closed';
  createdAt: string;
  updatedAt: string;
  mergedAt: string | undefined;
};

export type EventRecord = {
  id: number;
  project: string;
  action: 'pushed new' | 'pushed to' | 'deleted' | 'opened';
  actor: string;
  /** The branch, or the title of the merge request. */
  what: string;
  at: string;
};

/** All that happened to a simulated GitLab, in one database file. Calls are synchronous: each is one whole step. */
export type Store = ReturnType<typeof openStore>;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS merge_requests (id INTEGER PRIMARY KEY AUTOINCREMENT, project TEXT NOT NULL, iid INTEGER NOT NULL,
    record TEXT NOT NULL, UNIQUE (project, iid)) STRICT;
  CREATE TABLE IF NOT EXISTS events (id INTEGER PRIMARY KEY AUTOINCREMENT, project TEXT NOT NULL, record TEXT NOT NULL) STRICT;
`;

/** Opens (and when needed creates) the database file. */
export const openStore = (file: string) => {
  const { all, one, run, tokens, clear, close } = openRecords<TokenRecord>(file, SCHEMA);

  return {
    ...tokens,
    revokeToken: ({ id }: TokenRecord): void => tokens.changeToken(id, { revoked: true }),
    /** The token and all that were made in its place. */
    revokeFamily({ id, account }: TokenRecord): void {
      const family = new Set([id]);
      for (const one of tokens.tokensOf(account)) if (family.has(one.previous ?? -1)) family.add(one.id);
      for (const one of family) tokens.changeToken(one, { revoked: true });
    },

    /** Gives it the project's next number. */
    addMergeRequest(request: Omit<MergeRequestRecord, 'id' | 'iid'>): MergeRequestRecord {
      const last = one('SELECT max(iid) AS last FROM merge_requests WHERE project = ?', request.project);
      const iid = Number(last?.['last'] ?? 0) + 1;
      const sql = 'INSERT INTO merge_requests (project, iid, record) VALUES (?, ?, ?)';
      return { ...request, iid, id: run(sql, request.project, iid, JSON.stringify({ ...request, iid })) };
    },
    saveMergeRequest(request: MergeRequestRecord): void {
      run('UPDATE merge_requests SET record = ? WHERE id = ?', JSON.stringify(request), request.id);
    },
    /** Newest first. */
    mergeRequests: (project: string): MergeRequestRecord[] =>
      all('SELECT id, record FROM merge_requests WHERE project = ? ORDER BY iid DESC', project).map((row) =>
        record<MergeRequestRecord>(row),
      ),

    addEvent(event: Omit<EventRecord, 'id'>): void {
      run('INSERT INTO events (project, record) VALUES (?, ?)', event.project, JSON.stringify(event));
    },
    /** Newest first. */
    events: (project: string): EventRecord[] =>
      all('SELECT id, record FROM events WHERE project = ? ORDER BY id DESC', project).map((row) =>
        record<EventRecord>(row),
      ),

    clear,
    close,
  };
};
