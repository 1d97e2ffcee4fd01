import { z } from 'zod';
import { branch, cleared, countCursor, credential, cursor, endsOn, id, projectKey, repository, search } from './fields';
import { lazily } from './lazily';

/** Calls of a person's own settings, of which nothing belongs to an issue. */
export const userSettingsCalls = lazily({
  'load-user-settings': () => z.object({}),
  'list-projects': () =>
    z.object({
      search: search(),
      cursor: countCursor(),
    }),
  'save-token': () => z.object({ integrationId: id(), credential: credential(), endsOn: endsOn() }),
  'remove-token': () => z.object({ integrationId: id() }),
  'renew-token': () => z.object({ integrationId: id() }),
  'list-repositories': () =>
    z.object({ projectKey: projectKey(), integrationId: id(), search: search(), cursor: cursor() }),
  'list-branches': () =>
    z.object({
      projectKey: projectKey(),
      integrationId: id(),
      repository: repository(),
      search: search(),
      cursor: cursor(),
    }),
  'save-default': () =>
    z.object({ projectKey: projectKey(), integrationId: id(), repository: repository(), branch: branch().optional() }),
  'clear-default': () => z.object({ projectKey: projectKey(), cleared: cleared() }),
});
