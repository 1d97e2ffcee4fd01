/** What this package offers; nothing else of it is public. */
export { openLocalForge, type LocalForge, type LocalForgeOptions } from './open-local-forge.ts';
export { bundleApp } from './bundle-app.ts';
export { commonUsage, readCommandLine, readJsonFile, UsageError, type CommonOptions } from './command/options.ts';
export { peopleOf, printLine, runCommand, say } from './command/run.ts';
export { demoSites } from './demo-sites.ts';
export { openInProcess, type CarriedBy, type InProcessForge, type PersonCall } from './open-in-process.ts';
export { serviceStep, type Step, type Tap, type Twist } from './forge/step.ts';
export { forgeTimeouts, type Timeouts } from './forge/invoke.ts';
export type { DoorCall } from './forge/door.ts';
export type { LogLine } from './forge/logs.ts';
export { readManifest, type Manifest } from './forge/manifest.ts';
export { forgeRates, unlimitedRates, type KvsRates } from './forge/storage/rates.ts';
export type { Jira } from './jira/open-jira.ts';
export type { FirstSteps } from './jira/pages/index-page.ts';
export { noRates, realRates, type JiraRates } from './jira/rest/rates.ts';
export type { OwnPage } from './jira/site.ts';
export type { Service } from './service.ts';
export { siteSchema, type Issue, type Person, type Project, type Site } from './sites.ts';
