import type { CodeCommitRepository, CodeCommitService, CodeCommitUser } from '../../world/codecommit.ts';
import type { BareRepository } from '../git/bare-repository.ts';
import type { Store } from './store.ts';

export type Repository = {
  fullName: string;
  definition: CodeCommitRepository;
  arn: string;
  id: string;
  git: BareRepository;
};

/** The sender of a request: a user of the account, or the account itself. */
export type Caller = { name: string; arn: string; userId: string; policy: CodeCommitUser['policy'] | 'everything' };

/** Everything that the parts of the simulated CodeCommit share. */
export type CodeCommit = {
  definition: CodeCommitService;
  partition: string;
  hosts: Hosts;
  /** In the order of the world. */
  repositories: readonly Repository[];
  repository(name: string): Repository | undefined;
  caller(user: string): Caller | undefined;
  store: Store;
  now(): Date;
};

export type Hosts = { api: string; sts: string; console: string; regionConsole: string; git: string };

/** Names of a region's hosts. Source: AWS general reference, "AWS CodeCommit endpoints" and "STS endpoints"; consoles outside `aws` are an assumption. */
export function hostsOf(region: string): { partition: string; hosts: Hosts } {
  const [partition, suffix, console] = region.startsWith('cn-')
    ? ['aws-cn', 'amazonaws.com.cn', 'console.amazonaws.cn']
    : region.startsWith('us-gov-')
      ? ['aws-us-gov', 'amazonaws.com', 'console.amazonaws-us-gov.com']
      : ['aws', 'amazonaws.com', 'console.aws.amazon.com'];
  return {
    partition,
    hosts: {
      // People open the first one in a browser.
      regionConsole: `${region}.${console}`,
      console,
      api: `codecommit.${region}.${suffix}`,
      sts: `sts.${region}.${suffix}`,
      git: `git-codecommit.${region}.${suffix}`,
    },
  };
}

/** The people of the account by name; `root` is the account itself. */
export function callerOf(definition: CodeCommitService, partition: string, name: string): Caller | undefined {
  const { accountId, users } = definition;
  if (name === 'root')
    return { name, arn: `arn:${partition}:iam::${accountId}:root`, userId: accountId, policy: 'everything' };
  const at = users.findIndex((user) => user.name === name);
  const user = users[at];
  if (user === undefined) return undefined;
  return {
    name,
    arn: `arn:${partition}:iam::${accountId}:user${user.path}${user.name}`,
    userId: `AIDASIMULATED${String(at).padStart(8, '0')}`,
    policy: user.policy,
  };
}
