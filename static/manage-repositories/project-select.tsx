import { useRef } from 'react';
import type { ManagedSiteView } from '../../src/contract/views';
import { call } from '../shared/call';
import { fitting, searched } from '../shared/searched';
import { Select } from '../shared/select';
import { useText } from '../shared/text';
import { useProjects } from '../shared/use-projects';

type Option = { label: string; value: string };

type Props = {
  id: string;
  describedBy: string;
  invalid: boolean;
  site: Pick<ManagedSiteView, 'projects' | 'moreProjects'>;
  value: readonly string[];
  placeholder: string;
  onChange: (keys: string[]) => void;
};

/** Several projects of the site. A chosen one whose name is not known, or that no longer exists, stays visible by its key. */
export function ProjectSelect({ id, describedBy, invalid, site, value, placeholder, onChange }: Props) {
  const text = useText();
  const projects = useProjects(site, (asked) => call('manage-repositories', 'list-projects', asked));
  const names = useRef(new Map<string, string>());
  for (const { key, name } of [...site.projects, ...projects.found]) names.current.set(key, name);
  const optionOf = (key: string): Option => {
    const name = names.current.get(key);
    return { value: key, label: name === undefined ? key : `${name} (${key})` };
  };
  const options = projects.found.map(({ key }) => optionOf(key));
  return (
    <Select<Option, true>
      inputId={id}
      descriptionId={describedBy}
      isInvalid={invalid}
      isMulti
      options={projects.isLoading ? fitting(options, projects.search) : options}
      isLoading={projects.isLoading}
      {...searched(projects.search, projects.setSearch)}
      onMenuScrollToBottom={projects.loadMore}
      value={value.map(optionOf)}
      onChange={(chosen: readonly Option[]) => onChange(chosen.map((option) => option.value))}
      placeholder={placeholder}
      noOptionsMessage={() => text.t('options.projects.none')}
      leftOut={[text.t('listed.projects')]}
      loadingMessage={() => text.t('list.loading')}
    />
  );
}
