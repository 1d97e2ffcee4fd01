import { MergeRequests } from '@gitbeaker/rest';
import type { Provider } from '../provider';
import { answered, resource } from './client';
import { mergeRequestOf, mergeRequestSchema } from './shapes';

/** "Get single MR", GitLab's API docs. */
export const readPullRequest: NonNullable<Provider['readPullRequest']> = async (connection, { repository, number }) =>
  answered(async () => {
    const found = await new MergeRequests(resource(connection, 'read')).show(repository, number);
    return mergeRequestOf(connection.service, mergeRequestSchema.parse(found));
  });
