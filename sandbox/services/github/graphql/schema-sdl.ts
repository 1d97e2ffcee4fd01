import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse, print } from 'graphql';
import type { DefinitionNode, FieldDefinitionNode, NameNode, NamedTypeNode } from 'graphql';

/** The modelled part of GitHub's published GraphQL schema: types with their members and arguments. A type without members is modelled whole. */
const MODELLED = `
  Query: rateLimit(dryRun) repository(followRenames,name,owner) search(after,first,query,type) viewer
  RateLimit: cost limit remaining used
  Actor: login url
  RepositoryOwner: id login url
  GitObject: id oid
  Commit: id oid author authoredDate messageHeadline
  Blob: id oid text
  GitActor: name
  Label: id name
  LabelConnection: nodes pageInfo totalCount
  LabelOrder
  LabelOrderField
  User: id login name organizations(after,first) url
  UserConnection: nodes pageInfo totalCount
  Organization: id login url
  OrganizationConnection: nodes pageInfo totalCount
  PageInfo
  Repository: assignableUsers(after,first,query) defaultBranchRef description id isArchived isEmpty
    isPrivate labels(after,first,orderBy) name nameWithOwner object(expression) owner pullRequest(number) pullRequests(after,baseRefName,first,headRefName,orderBy,states)
    pullRequestTemplates ref(qualifiedName) refs(after,first,orderBy,query,refPrefix) updatedAt url viewerPermission
  RepositoryPermission
  PullRequestTemplate: body filename
  OrderDirection
  RefOrder
  RefOrderField
  IssueOrder
  IssueOrderField
  Ref: associatedPullRequests(after,first,states) id name prefix target
  RefConnection: nodes pageInfo totalCount
  PullRequest: author baseRefName body createdAt headRefName id isDraft mergedAt
    number repository state title updatedAt url
  PullRequestConnection: nodes pageInfo totalCount
  PullRequestState
  SearchType: ISSUE REPOSITORY
  SearchResultItem: PullRequest Repository
  SearchResultItemConnection: issueCount nodes pageInfo repositoryCount
  DateTime
  GitObjectID
  URI
`;

/** Arguments by member, by type; undefined for a whole type. */
const wanted: ReadonlyMap<string, ReadonlyMap<string, string[]> | undefined> = new Map(
  MODELLED.split(/^ {2}(?=\w)/m).map((entry) => {
    const [name = '', members] = entry.trim().split(':');
    const form = /(\w+)(?:\(([\w,]+)\))?/g;
    const listed = members === undefined ? undefined : [...members.matchAll(form)];
    return [name, listed && new Map(listed.map(([, member = '', args]) => [member, args?.split(',') ?? []]))];
  }),
);

/** The definitions of the modelled types, as published, without descriptions: they are most of the text. */
function published(): string {
  const file = join(process.cwd(), 'node_modules/@octokit/graphql-schema/schema.graphql');
  const form = /^(?:type|interface|enum|input|union|scalar) (\w+)[^{\n]*(?:\{[\s\S]*?^\})?/gm;
  return [...readFileSync(file, 'utf8').matchAll(form)]
    .filter(([, name = '']) => wanted.has(name))
    .map(([text]) => text.replace(/"""[\s\S]*?"""/g, ''))
    .join('\n');
}

/** Reduces a definition to its modelled part, without directives. */
function pruned(definition: DefinitionNode): DefinitionNode {
  const members = wanted.get('name' in definition ? (definition.name?.value ?? '') : '');
  const has = (node: { name: NameNode }): boolean => members === undefined || members.has(node.name.value);
  const known = (node: NamedTypeNode): boolean => wanted.has(node.name.value);
  const bare = <T extends object>(node: T): T => ({ ...node, directives: [] });
  const field = (node: FieldDefinitionNode): FieldDefinitionNode => {
    const args = members?.get(node.name.value);
    const its = node.arguments?.filter(({ name }) => args?.includes(name.value) ?? true).map(bare);
    return { ...bare(node), arguments: its ?? [] };
  };
  if (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION)
    return {
      ...bare(definition),
      interfaces: definition.interfaces?.filter(known) ?? [],
      fields: definition.fields?.filter(has).map(field) ?? [],
    };
  if (definition.kind === Kind.ENUM_TYPE_DEFINITION)
    return { ...bare(definition), values: definition.values?.filter(has).map(bare) ?? [] };
  if (definition.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION)
    return { ...bare(definition), fields: definition.fields?.map(bare) ?? [] };
  if (definition.kind === Kind.UNION_TYPE_DEFINITION)
    return { ...bare(definition), types: definition.types?.filter(has) ?? [] };
  return bare(definition);
}

const { definitions } = parse(published(), { noLocation: true });

/** A strict subset of GitHub's published schema, names, types and arguments alike. */
export const SCHEMA_SDL = print({ kind: Kind.DOCUMENT, definitions: definitions.map(pruned) });
