import { firstRefusedByGit, summaries } from '../rig/index.ts';
import { branchNameProblem } from '../src/domain/branch-name.ts';
import { defaultBranchNameRule, type BranchNameRule } from '../src/domain/branch-name-rule.ts';
import { branchNameFor } from '../src/domain/branch-template.ts';
import { mentionsIssue } from '../src/domain/issue-key.ts';
import { report } from './figures.ts';

/** Makes branch names of 100,000 summaries in every script, by every kind of template, and checks each with git. */
const COUNT = 100_000;
const limits = { bytes: 244 };
const rules: readonly BranchNameRule[] = [
  defaultBranchNameRule,
  { template: '${issuetype:Bug,fix,Story,feature,other}/${issuekey}_${summary}', separator: '_', maxBytes: 80 },
  { template: 'users/${displayname}/${issuekey}.${summary}', separator: '.', maxBytes: 120 },
  { template: '${summary}/${projectkey}/${issuekey}', separator: '-', maxBytes: 40 },
];

const texts = summaries(COUNT, 2027);
const names = texts.map((summary, index) => {
  const rule = rules[index % rules.length] ?? defaultBranchNameRule;
  const issue = { key: 'DEMO-1', summary, type: texts[(index + 1) % COUNT], displayName: texts[(index + 2) % COUNT] };
  return branchNameFor(issue, limits, rule);
});
const refused = firstRefusedByGit(names);
if (refused !== undefined) process.stderr.write(`git refuses ${JSON.stringify(refused)}\n`);
report(
  [
    { name: 'names/refused-by-git', value: refused === undefined ? 0 : 1, unit: `of ${COUNT}, stops at the first` },
    {
      name: 'names/invalid',
      value: names.filter((name) => branchNameProblem(name, limits) !== undefined).length,
      unit: `of ${COUNT}`,
    },
    {
      name: 'names/without-the-key',
      value: names.filter((name) => !mentionsIssue(name, 'DEMO-1')).length,
      unit: `of ${COUNT}`,
    },
  ],
  process.argv.slice(2),
);
