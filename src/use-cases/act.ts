import type { PageError } from '../contract/errors';
import type { ActorChoice } from '../domain/attribution';
import type { ProviderError } from '../domain/errors';
import { ownsRepository, type SiteSettings } from '../domain/integration';
import { fail, ok, type Result } from '../domain/result';
import { readReadyCredential } from '../store/integrations';
import { writeTrail } from '../store/tokens';
import { readProjectRepositories, type RecentRepositories } from '../store/work';
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
  /** What `check` will want to know, read together with everything else. */
  readAhead?(): Promise<void>;
  /** Rules of this act, checked before any credential is used. */
  check(opened: OpenIssue & OpenIntegration): Promise<PageError | undefined>;
  /** The one write at the service. */
  run(connected: Connected): Promise<Result<Done, ProviderError>>;
  /** What the app remembers of it: notes, written together. */
  remember(acted: Acted<Done>): readonly Promise<unknown>[];
};

export type Acted<Done> = {
  done: Done;
  opened: OpenIssue & OpenIntegration;
  connected: Connected;
  /** Where people of the issue's project worked last. */
  recent: RecentRepositories;
};

/**
 * The way of every write: may you, may it be done, as whom, do it, remember it and that the token worked. The platform is
 * waited for twice: one phase of reads before the service is asked, one of writes after.
 */
export async function act<Done>(person: Person, request: Act<Done>): Promise<Result<Acted<Done>, PageError>> {
  // An issue that was moved answers to its old key: then this reads the old project's hints, and they are hints only.
  const project = request.issueKey.replace(/-\d+$/, '');
  const [opened, ready, recent] = await Promise.all([
    openForIssue(person, request.issueKey, request.integrationId),
    readReadyCredential(request.integrationId),
    readProjectRepositories(project),
    request.readAhead?.(),
  ]);
  if (!opened.ok) return opened;
  const { integration, settings, token } = opened.value;
  const { repository } = request;
  if (!settings[request.switchedBy]) return refuse('ACTION_SWITCHED_OFF');
  if (!ownsRepository(integration, repository))
    return refuse('REPOSITORY_NOT_OF_INTEGRATION', { repository, integration: integration.name });
  const problem = await request.check(opened.value);
  if (problem !== undefined) return fail(problem);
  const connected = await connectForWrite(opened.value, request.actAs, ready);
  if (!connected.ok) return connected;
  const done = await request.run(connected.value);
  if (!done.ok)
    return fail(await explain(done.error, opened.value, connected.value, person, { repository, ...request.names }));
  const acted = { done: done.value, opened: opened.value, connected: connected.value, recent };
  const lastUsedAt = new Date().toISOString();
  await afterwards(
    ...request.remember(acted),
    connected.value.actor === 'person' && token !== undefined
      ? writeTrail(person.accountId, integration.id, { id: token.id, lastUsedAt })
      : Promise.resolve(),
  );
  return ok(acted);
}
