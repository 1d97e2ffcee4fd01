import { hostsOf } from '../services/codecommit/context.ts';
import type { World } from './world.ts';

/** The host names of a service of the world; the first is where people go with a browser. */
export const hostNamesOf = (service: World['services'][number]): readonly string[] => {
  switch (service.kind) {
    case 'github':
      return [service.webHost, service.apiHost];
    case 'gitlab':
    case 'azure-devops':
      return [service.webHost];
    case 'codecommit': {
      const { regionConsole, console, api, sts, git } = hostsOf(service.region).hosts;
      return [regionConsole, console, api, sts, git];
    }
  }
};
