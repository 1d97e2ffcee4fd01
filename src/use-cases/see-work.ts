import type { Card } from '../contract/views';
import { cutTo, LONGEST_NAME, LONGEST_TITLE } from '../domain/cut-text';
import type { ProviderError } from '../domain/errors';
import { isRepositoryOf, type Integration } from '../domain/integration';
import { fail, ok, type Result } from '../domain/result';
import type { Service } from '../domain/service';
import type { Named } from '../domain/work-address';
import { linksOf } from '../providers/links';
import type { PullRequest } from '../providers/provider';
import type { Connected } from './connect';

/** One branch or pull request as the service shows it to the connected account. A branch's card has its commit. */
export async function seeWork(
  { provider, connection }: Connected,
  integration: Integration,
  named: Named,
): Promise<Result<Card, ProviderError>> {
  const hidden = fail({ code: 'REPOSITORY_NOT_FOUND' } as const);
  const { repository } = named;
  if (!isRepositoryOf(integration, repository)) return hidden;
  if ('branch' in named) {
    const head = await provider.readHead(connection, { repository, name: named.branch });
    return head.ok ? ok(branchCard(connection.service, integration.id, { ...named, commit: head.value })) : head;
  }
  const pull = (await provider.readPullRequest?.(connection, named)) ?? hidden;
  if (!pull.ok) return pull;
  // A number alone may name a pull request of another repository.
  const isThere = pull.value.repository.toLowerCase() === repository.toLowerCase();
  return isThere ? ok(pullCard(integration.id, pull.value)) : hidden;
}

/** A branch as a card. */
export function branchCard(
  service: Service,
  integrationId: string,
  { repository, branch, commit }: { repository: string; branch: string; commit?: string | undefined },
): Card {
  const url = linksOf(service).branch(service, repository, branch);
  const card = { kind: 'branch', integrationId, repository, url, title: branch, branch } as const;
  return commit === undefined ? card : { ...card, commit };
}

/** A pull request as a card. */
export function pullCard(integrationId: string, { source: branch, title, author, ...pull }: PullRequest): Card {
  return {
    ...pull,
    title: cutTo(title, LONGEST_TITLE),
    ...(author !== undefined && { author: cutTo(author, LONGEST_NAME) }),
    ...{ kind: 'pull-request', integrationId, branch },
  };
}
