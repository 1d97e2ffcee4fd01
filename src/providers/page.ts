// cspell:ignore activityid
import { saidLine } from './said';

/** The transport's own: a text in place of an answer, as one line. No service can send it, for the transport writes it last. */
export const PAGE_HEADER = 'undersigned-page';

/** Characters that are looked at. The title and the message of every known page are within them. */
const LOOKED_AT = 20_000;

/**
 * Headers that only the services themselves send, not the proxies before them: such a page is their own. GitHub's docs "Troubleshooting the REST
 * API"; GitLab's `lib/gitlab/metrics`; Azure DevOps: azure-pipelines-agent#1559 and its recorded answers; AWS's docs "Request IDs".
 */
const OWN = [
  ...['x-github-request-id', 'x-github-media-type', 'x-gitlab-meta', 'x-amzn-requestid'],
  ...['x-tfs-processid', 'x-tfs-session', 'x-tfs-serviceerror', 'x-vss-e2eid', 'activityid'],
] as const;

/** The title and the text of a refusal that is no answer of an API. Nothing for JSON that is broken, or no text. */
export function pageLine(text: string): string | undefined {
  if (/^\s*(?:[[{"]|$)/.test(text)) return undefined;
  const looked = text.slice(0, LOOKED_AT);
  const title = saidLine(/<title[^<>]{0,200}>([^<]{1,300})/i.exec(looked)?.[1]) ?? '';
  const body = saidLine(looked.slice(Math.max(0, looked.search(/<body\b/i)))) ?? '';
  const parts = body.startsWith(title) ? [body] : [title, body];
  return saidLine(parts.filter((part) => part !== '').join(' | ')) ?? '';
}

/** The line of a page in place of an answer, and whether it is the service's own. Nothing where there is no page. */
export function pageIn(headers: Headers): { line: string; own: boolean } | undefined {
  const line = headers.get(PAGE_HEADER);
  if (line === null) return undefined;
  return { line: decodeURIComponent(line), own: OWN.some((name) => headers.has(name)) };
}
