/** A pull request as its service shows it. */
export type PullRequest = {
  repository: string;
  number: number;
  title: string;
  url: string;
  state: 'open' | 'draft' | 'merged' | 'closed';
  source: string;
  target: string;
  /** As the service names them. */
  author?: string;
  /** ISO instant. */
  updatedAt?: string;
};
