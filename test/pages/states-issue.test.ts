import { named, useStates } from '../support/states/check';
import { walks } from '../../rig/states/states';

const states = useStates();

describe('On an issue and in its dialogs', () => {
  it.each(named(walks.issue))('axe finds nothing in the light or in the dark: %s', (_, walk) => states.check(walk));
});
