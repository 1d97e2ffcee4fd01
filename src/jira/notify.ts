import { route } from '@forge/api';
import type { Result } from '../domain/result';
import { send, type SendingProblem } from './send';

/**
 * Has Jira send one person a message about an issue, as e-mail. "Send notification for issue", Jira Cloud REST v3: 204 once it is queued, 400
 * for somebody it cannot send to, 403 where the site sends no e-mail. People who can't see the issue any more get nothing (`restrict`).
 */
export async function notifyAbout(
  issueKey: string,
  { accountId, subject, text, html }: { accountId: string; subject: string; text: string; html: string },
): Promise<Result<unknown, SendingProblem>> {
  return send('POST', route`/rest/api/3/issue/${issueKey}/notify`, {
    subject,
    textBody: text,
    htmlBody: html,
    to: { users: [{ accountId }] },
    restrict: { permissions: [{ key: 'BROWSE_PROJECTS' }] },
  });
}
