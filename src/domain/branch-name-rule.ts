/** How new branches, and the titles of pull requests, are made: what a Jira admin decides for the site. */
export type BranchNameRule = {
  /** Text with variables: `${issuekey}-${summary}`, `${issuetype:Bug,fix,feature}/${issuekey}`. */
  template: string;
  /** Between the words of a variable. */
  separator: Separator;
  /** The longest suggested name in UTF-8 bytes; services may allow less. */
  maxBytes: number;
  /** A pattern (`request-title.ts`); absent: the usual title, in the person's language. */
  requestTitle?: string | undefined;
  /** Patterns of integrations with one of their own, by id. */
  requestTitles?: Readonly<Record<string, string>> | undefined;
};

export const separators = ['-', '_', '.'] as const;
export type Separator = (typeof separators)[number];

/** Below 40 bytes hardly a word of the summary would fit beside the key; no part of a name may have more than 250. */
export const nameBytes = { least: 40, most: 250 } as const;

export const defaultBranchNameRule: Readonly<BranchNameRule> = {
  template: '${issuekey}-${summary}',
  separator: '-',
  maxBytes: 250,
};
