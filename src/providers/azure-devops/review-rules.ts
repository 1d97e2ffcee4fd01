import { z } from 'zod';
import { namedOf } from '../code-owners';
import type { Connection, ReviewRule } from '../provider';
import { answered, client, projectAndRepository } from './client';
import { HEADS } from './refs';
import { findPeople } from './reviewers';
import { releasedVersion } from './versions';

/** Types of policies, the same in every organization (azure-devops-cli-extension, `policy.py`). */
const REQUIRED_REVIEWERS = 'fd2167ab-b0be-447a-8ec8-39368250530e';
const MINIMUM_APPROVERS = 'fa4e907d-c16b-4a4c-9dfa-4906e5d171dd';

const policies = z.object({
  value: z.array(
    z.object({
      isEnabled: z.boolean().catch(true),
      type: z.object({ id: z.string() }),
      settings: z
        .object({ requiredReviewerIds: z.array(z.string()).catch([]), minimumApproverCount: z.number().catch(0) })
        .catch({ requiredReviewerIds: [], minimumApproverCount: 0 }),
    }),
  ),
});

/**
 * What the policies of the target branch want ("Policy Configurations - Get" of a repository; API 5.0, scope Code). They name people by id
 * alone: those of the newest pull requests and pushes are known by name, the others are counted. Two requests, and two more for names.
 */
export async function readReviewRules(
  connection: Connection,
  repository: string,
  target: string,
): Promise<ReviewRule[]> {
  const read = await answered(async () => {
    const { project, repositoryId } = projectAndRepository(repository);
    const api = client(connection);
    const { id } = z.object({ id: z.string() }).parse(await api.git.getRepository(repositoryId, project));
    const released = releasedVersion(connection.service.edition.id);
    // Of API 5.0 it is a preview (docs of that version; that later ones are released is an assumption).
    const version = released === '5.0' ? '5.0-preview.1' : released;
    const query = new URLSearchParams({
      repositoryId: id,
      refName: `${HEADS}${target}`,
      'api-version': version,
    });
    const path = `/${encodeURIComponent(project)}/_apis/git/policy/configurations?${query.toString()}`;
    return policies.parse(await api.ask('GET', path)).value.filter(({ isEnabled }) => isEnabled);
  });
  if (!read.ok) return [];
  const of = (type: string) => read.value.filter((one) => one.type.id === type).map(({ settings }) => settings);
  const ids = [...new Set(of(REQUIRED_REVIEWERS).flatMap(({ requiredReviewerIds }) => requiredReviewerIds))];
  const count = Math.max(0, ...of(MINIMUM_APPROVERS).map(({ minimumApproverCount }) => minimumApproverCount));
  const people = ids.length === 0 ? [] : await findPeople(connection, repository);
  const names = ids.flatMap((id) => people.find((one) => one.id.toLowerCase() === id.toLowerCase())?.displayName ?? []);
  return [
    ...(ids.length > 0 ? [{ kind: 'reviewers' as const, ...namedOf(names, ids.length - names.length) }] : []),
    ...(count > 0 ? [{ kind: 'approvals' as const, people: [], count }] : []),
  ];
}
