import { Branches, Projects } from '@gitbeaker/rest';
import { z } from 'zod';
import type { ProviderError } from '../../domain/errors';
import { ownsRepository } from '../../domain/integration';
import { ok, type Result } from '../../domain/result';
import type { Connection, Provider } from '../provider';
import { ownLink } from '../own-link';
import { answered, resource } from './client';
import { repository as projectPage } from './links';
import { branchOf, branchSchema } from './shapes';

const PAGE = 50;

/** Gitbeaker's reading of the paging headers; GitLab sends `X-Next-Page` with every list that is paged by number. */
export const pageInfo = z.object({ next: z.number().nullable() });

function pageOf(cursor: string | undefined): number {
  return /^[1-9]\d{0,6}$/.test(cursor ?? '') ? Number(cursor) : 1;
}

function nextOf(info: z.output<typeof pageInfo>): { next?: string } {
  return info.next === null ? {} : { next: String(info.next) };
}

const projectsAnswer = z.object({
  data: z.array(
    z.object({
      path_with_namespace: z.string(),
      name_with_namespace: z.string(),
      web_url: z.string().optional(),
      default_branch: z.string().nullish(),
    }),
  ),
  paginationInfo: pageInfo,
});

/**
 * Projects the person may push to (Developer and above), most recently active first. GitLab cannot list by several
 * owners at once, so it is asked for all and what is not of the owners is left out: a page may be short, or empty.
 */
export const listRepositories: Provider['listRepositories'] = async (connection, { owners, search, cursor }) =>
  answered(async () => {
    const found = await new Projects(resource(connection, 'read')).all<true, 'offset'>({
      membership: true,
      minAccessLevel: 30,
      simple: true,
      archived: false,
      orderBy: 'last_activity_at',
      ...searchOf(owners, search),
      perPage: PAGE,
      page: pageOf(cursor),
      showExpanded: true,
    });
    const { data, paginationInfo } = projectsAnswer.parse(found);
    const items = data
      .filter((project) => ownsRepository({ owners }, project.path_with_namespace))
      .filter((project) => isNamed(`${project.path_with_namespace} ${project.name_with_namespace}`, search))
      .map((project) => ({
        name: project.path_with_namespace,
        url: ownLink(connection.service, project.web_url, projectPage(connection.service, project.path_with_namespace)),
        ...(project.default_branch == null ? {} : { defaultBranch: project.default_branch }),
      }));
    return { items, ...nextOf(paginationInfo) };
  });

/**
 * GitLab looks for words of three letters and more (`Gitlab::SQL::Pattern`), with `search_namespaces` in the whole path;
 * shorter ones find exact names only, so they are left to us. Without words, a single owner narrows the list.
 */
function searchOf(owners: readonly string[], typed: string): { search?: string; searchNamespaces?: true } {
  const words = searchable(wordsOf(typed));
  const search = words === '' && owners.length === 1 ? `${owners[0]}/` : words;
  return search === '' ? {} : { search, searchNamespaces: true };
}

/** The words that GitLab looks for. */
export function searchable(words: readonly string[]): string {
  return words.filter((word) => [...word].length >= 3).join(' ');
}

function wordsOf(typed: string): string[] {
  // Quotes would hold words together for GitLab; nobody types them on purpose.
  return typed.split(/[\s"]+/).filter((word) => word !== '');
}

function isNamed(name: string, typed: string): boolean {
  return wordsOf(typed).every((word) => name.toLowerCase().includes(word.toLowerCase()));
}

/** The commit of a branch whose object is lost is null (`lib/api/entities/branch.rb`): that one is left out, not the list. */
const branchList = z
  .array(branchSchema.extend({ commit: branchSchema.shape.commit.nullable() }))
  .transform((found) => found.flatMap(({ commit, ...branch }) => (commit === null ? [] : [{ ...branch, commit }])));
const branchesAnswer = z.object({ data: branchList, paginationInfo: pageInfo });

/** One page of a repository's branches by a part of their names. One request. */
export async function branchPage(
  connection: Connection,
  repository: string,
  search: string,
  page: number,
): Promise<Result<z.output<typeof branchesAnswer>, ProviderError>> {
  // For GitLab `^` means "begins with", `$` "ends with" and `*` "anything"; here they are only characters.
  const text = search.replace(/^\^+|(?<!\$)\$+$|\*/g, '');
  return answered(async () =>
    branchesAnswer.parse(
      await new Branches(resource(connection, 'read')).all(repository, {
        ...(text === '' ? {} : { search: text }),
        perPage: PAGE,
        page,
        showExpanded: true,
      }),
    ),
  );
}

export const listBranches: Provider['listBranches'] = async (connection, { repository, search, cursor }) => {
  const asked = await branchPage(connection, repository, search, pageOf(cursor));
  if (!asked.ok) return asked;
  const { data, paginationInfo } = asked.value;
  const items = data.filter((branch) => branch.name.toLowerCase().includes(search.toLowerCase())).map(branchOf);
  return ok({ items, ...nextOf(paginationInfo) });
};
