import type { PageError } from '../contract/errors';
import type { ActorChoice } from '../domain/attribution';
import type { ProviderError } from '../domain/errors';
import { ownsRepository, type SiteSettings } from '../domain/integration';
import { fail, ok, type Result } from '../domain/result';
import { writeTrail } from '../store/tokens';
import { afterwards } from './afterwards';
import { connectForWrite, explain, type Connected } from './connect';
import { openForIssue, type OpenIntegration, type OpenIssue, type Person } from './open';
import { refuse } from './page-error';

export type Act<Done> = {
  issueKey: string;
  integrationId: string;
  repository: string;
  actAs?: ActorChoice | undefined;
  /** The site's switch that allows it. */
  switchedBy: keyof Pick<SiteSettings, 'branchActions' | 'pullRequestActions'>;
  /** Names for the sentence of an error. */
  names: Readonly<Record<string, string>>;
  /** Rules of this act, checked before any credential is read. */
  check(opened: OpenIssue & OpenIntegration): Promise<PageError | undefined>;
  /** The one write at the service. */
  run(connected: Connected): Promise<Result<Done, ProviderError>>;
};

/** The way of every write: may you, may it be done, as whom, do it, remember that the token worked. */
export async function act<Done>(
  person: Person,
  request: Act<Done>,
): Promise<Result<{ done: Done; opened: OpenIssue & OpenIntegration; connected: Connected }, PageError>> {
  const opened = await openForIssue(person, request.issueKey, request.integrationId);
  if (!opened.ok) return opened;
  const { integration, settings, token } = opened.value;
  const { repository } = request;
  if (!settings[request.switchedBy]) return refuse('ACTION_SWITCHED_OFF');
  if (!ownsRepository(integration, repository))
    return refuse('REPOSITORY_NOT_OF_INTEGRATION', { repository, integration: integration.name });
  const problem = await request.check(opened.value);
  if (problem !== undefined) return fail(problem);
  const connected = await connectForWrite(opened.value, request.actAs);
  if (!connected.ok) return connected;
  const done = await request.run(connected.value);
  if (!done.ok)
    return fail(await explain(done.error, opened.value, connected.value, person, { repository, ...request.names }));
  if (connected.value.actor === 'person' && token !== undefined) {
    await afterwards(
      writeTrail(person.accountId, integration.id, { id: token.id, lastUsedAt: new Date().toISOString() }),
    );
  }
  return ok({ done: done.value, opened: opened.value, connected: connected.value });
}
