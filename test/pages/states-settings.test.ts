import { named, useStates } from '../support/states/check';
import { walks } from '../../rig/states/states';

const states = useStates();

describe('In the user settings and in Manage Git repositories', () => {
  it.each(named(walks.settings))('axe finds nothing in the light or in the dark: %s', (_, walk) => states.check(walk));
});
