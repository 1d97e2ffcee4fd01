import { NO_OBJECT } from '../git/bare-repository.ts';
import { gitBody, pushCommands, serveGit } from '../git/smart-http.ts';
import type { GitCall, PushCommand } from '../git/smart-http.ts';
import { HEADS, noteRefChange } from './branches.ts';
import type { Host, Repository } from './branches.ts';
import { settlePullRequests } from './pull-requests.ts';

/** A refusal in words that git prints after `remote:`. */
export const gitSays = (status: number, message: string, headers: Record<string, string> = {}): Response =>
  new Response(`${message}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers } });

/**
 * Lets git answer an authorized request; `whyNot` refuses one command of a push. A look at the refs before and after finds
 * the pushed branches; they are recorded, and the pull requests follow.
 */
export async function answerGit(
  host: Host,
  repository: Repository,
  request: Request,
  call: GitCall,
  actor: { login: string } | undefined,
  whyNot: (command: PushCommand) => string | undefined,
): Promise<Response> {
  const { git } = repository;
  const body = await gitBody(request);
  const commands = call.rest === '/git-receive-pack' ? pushCommands(body) : [];
  const refuse = commands.flatMap((command) => {
    const why = whyNot(command);
    return why === undefined ? [] : [{ ref: command.ref, why }];
  });
  const response = await serveGit(git.path, call, request, body, { ...(actor && { user: actor.login }), refuse });
  if (actor === undefined || commands.length === 0) return response;
  for (const command of commands) {
    const { before, after, ref } = command;
    if (!ref.startsWith(HEADS) || ((await git.ref(ref))?.sha ?? NO_OBJECT) !== after) continue;
    const forced = before !== NO_OBJECT && after !== NO_OBJECT && !(await git.isAncestor(before, after));
    noteRefChange(host, repository, actor, command, forced);
  }
  await settlePullRequests(host, repository);
  return response;
}
