import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

/** Atlassian accounts that were closed, for `privacy.reportPersonalData` of `@forge/api`. */
export type ClosedAccounts = {
  close(accountId: string): void;
  /** Answers one report: 200 with the closed ones, 204 without any (docs page "Privacy API"). */
  report(body: unknown): Response;
  clear(): void;
};

const reportSchema = z.object({
  accounts: z
    .array(z.object({ accountId: z.string().min(1), updatedAt: z.string() }))
    .min(1)
    .max(90),
});

export function openClosedAccounts(database: DatabaseSync): ClosedAccounts {
  database.exec('CREATE TABLE IF NOT EXISTS closed_accounts (account_id TEXT PRIMARY KEY) STRICT');
  const find = database.prepare('SELECT 1 FROM closed_accounts WHERE account_id = ?');
  return {
    close: (accountId) => void database.prepare('INSERT OR IGNORE INTO closed_accounts VALUES (?)').run(accountId),
    report: (body) => {
      const report = reportSchema.safeParse(body);
      if (!report.success)
        return new Response(JSON.stringify({ message: 'A report has 1 to 90 accounts.' }), { status: 400 });
      const closed = report.data.accounts.filter(({ accountId }) => find.get(accountId) !== undefined);
      if (closed.length === 0) return new Response(null, { status: 204 });
      const accounts = closed.map(({ accountId }) => ({ accountId, status: 'closed' }));
      return new Response(JSON.stringify({ accounts }), {
        status: 200,
        headers: { 'content-type': 'application/json' },
      });
    },
    clear: () => database.exec('DELETE FROM closed_accounts'),
  };
}
