import { z } from 'zod';
import type { NotificationState } from '../notifications.ts';
import { projectKeyOf, type JiraState } from '../state.ts';
import { notModelled, refuse } from './answer.ts';
import { issueFor, type RestCaller } from './caller.ts';

const body = z.strictObject({
  subject: z.string().optional(),
  textBody: z.string().optional(),
  htmlBody: z.string().optional(),
  to: z.strictObject({ users: z.array(z.strictObject({ accountId: z.string() })).default([]) }).optional(),
  restrict: z.strictObject({ permissions: z.array(z.strictObject({ key: z.literal('BROWSE_PROJECTS') })) }).optional(),
});

/**
 * `POST /rest/api/3/issue/{keyOrId}/notify`, to people by account id (docs page "Send notification for issue"): 204 once it is queued; 400
 * without a recipient, for one that is invalid, and for the caller; 403 where the site sends no e-mail; 404 without the issue. A person who
 * is deactivated, or can't browse the issue although the request demands it, gets nothing (assumption: silently). Wordings: assumption.
 */
export function notify(
  state: JiraState & NotificationState,
  caller: RestCaller,
  keyOrId: string,
  asked: unknown,
  at: string,
): Response {
  const parsed = body.safeParse(asked);
  if (!parsed.success) return notModelled(`of a notification: ${z.prettifyError(parsed.error)}`);
  const { subject, textBody = '', htmlBody = '', to, restrict } = parsed.data;
  const { siteId } = caller;
  const issue = issueFor(state, caller, keyOrId);
  if (!issue) return refuse(404, 'Issue does not exist or you do not have permission to see it.');
  const ids = to?.users.map(({ accountId }) => accountId) ?? [];
  if (ids.length === 0) return refuse(400, 'No recipients were defined for notification.');
  if (ids.includes(caller.accountId ?? '')) return refuse(400, 'You cannot notify yourself.');
  const known = state.site(siteId)?.people ?? [];
  const stranger = ids.find((id) => !known.some(({ accountId }) => accountId === id));
  if (stranger !== undefined) return refuse(400, `The user ${stranger} does not exist.`);
  if (!state.sendsMail(siteId)) return refuse(403, 'Outgoing emails disabled');
  const mayBrowse = (id: string) => state.can(siteId, id, 'BROWSE_PROJECTS', projectKeyOf(issue.key));
  for (const accountId of ids.filter((id) => state.isActive(siteId, id) && (restrict === undefined || mayBrowse(id))))
    state.putNotification({
      ...{ siteId, issueKey: issue.key, accountId, textBody, htmlBody, at },
      subject: subject ?? `(${issue.key}) ${issue.summary}`,
    });
  return new Response(null, { status: 204 });
}
