import { ProjectLabels, Projects, ProjectTemplates } from '@gitbeaker/rest';
import { z } from 'zod';
import type { ProviderError } from '../../domain/errors';
import { ok, type Result } from '../../domain/result';
import type { Connection, Provider, RequestTemplate } from '../provider';
import { usableTemplates } from '../request-template';
import { answered, resource } from './client';
import { pageInfo } from './reads';
import { readReviewRules } from './review-rules';

/** Each costs a request. */
const READ = 10;

const listed = z.array(z.object({ name: z.string() }));
const labelPage = z.object({ data: listed, paginationInfo: pageInfo });
const read = z.object({ name: z.string(), content: z.string() });
/** The setting is of paid plans; the others do not tell it. */
const project = z.object({ merge_requests_template: z.string().nullish().catch(undefined) });

/**
 * `.gitlab/merge_request_templates/*.md` of the default branch and those of the groups above (docs "Description templates", "Project
 * templates API"). GitLab's form begins with the project's setting or else with `Default`. One request for the list, one for the
 * setting, one for each hundred labels, one for each template (ten at most), and those of `readReviewRules`.
 */
export const readRequestForm: Required<Provider>['readRequestForm'] = async (connection, { repository, target }) => {
  const [names, setting, labels, rules] = await Promise.all([
    answered(async () =>
      listed.parse(
        await new ProjectTemplates(resource(connection, 'read')).all(repository, 'merge_requests', {
          perPage: 100,
          page: 1,
        }),
      ),
    ),
    answered(async () => project.parse(await new Projects(resource(connection, 'read')).show(repository))),
    readLabels(connection, repository),
    readReviewRules(connection, repository, target),
  ]);
  if (!names.ok) return names;
  const set = (setting.ok && setting.value.merge_requests_template) || undefined;
  const isDefault = (name: string) => set === undefined && name.toLowerCase() === 'default';
  const ordered = [...names.value].sort((one, other) => Number(isDefault(other.name)) - Number(isDefault(one.name)));
  const texts = await Promise.all(ordered.slice(0, READ).map(({ name }) => readTemplate(connection, repository, name)));
  const templates = texts.flatMap((text): RequestTemplate[] => {
    // One that was deleted a moment ago hides no other.
    if (!text.ok) return [];
    const { name, content } = text.value;
    return [{ name, text: filled(content, target), ...(isDefault(name) && { isDefault: true }) }];
  });
  const ofProject: RequestTemplate[] =
    set === undefined ? [] : [{ name: repository, text: filled(set, target), isDefault: true }];
  return ok({
    templates: usableTemplates([...ofProject, ...templates]),
    labels,
    rules,
  });
};

/** Names of the labels from a page on; of pages that are not to be had, those before them. */
async function readLabels(connection: Connection, repository: string, page = 1): Promise<string[]> {
  const options = { perPage: 100, page, showExpanded: true } as const;
  const asked = await answered(async () =>
    labelPage.parse(await new ProjectLabels(resource(connection, 'read')).all<true, 'offset'>(repository, options)),
  );
  if (!asked.ok) return [];
  const { data, paginationInfo } = asked.value;
  const labels = data.map(({ name }) => name);
  // A page that leads back would lead round for ever.
  const { next } = paginationInfo;
  return next !== null && next > page ? [...labels, ...(await readLabels(connection, repository, next))] : labels;
}

async function readTemplate(
  connection: Connection,
  repository: string,
  name: string,
): Promise<Result<z.output<typeof read>, ProviderError>> {
  return answered(async () =>
    read.parse(await new ProjectTemplates(resource(connection, 'read')).show(repository, 'merge_requests', name)),
  );
}

/** GitLab's form fills in variables; those about the source and its commits are left to people (docs "Description templates"). */
function filled(text: string, target: string): string {
  return text.replaceAll('%{target_branch}', () => target);
}
