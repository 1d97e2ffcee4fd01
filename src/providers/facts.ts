/* Every provider, one line each: the domain and the pages read its facts, `registry.ts` loads the adapter beside them. */
export { github } from './github/facts';
export { gitlab } from './gitlab/facts';
export { azureDevOps } from './azure-devops/facts';
export { codecommit } from './codecommit/facts';
