import Textfield from '@atlaskit/textfield';
import { type ReactNode, useState } from 'react';
import { Field } from './field';
import { useText } from './text';

type Integration = { name: string; serviceName: string; host: string };

type Props<Item> = {
  integrations: readonly Item[];
  /** Draws those that were found: at least one. */
  children: (found: readonly Item[]) => ReactNode;
};

/** Integrations with a field that narrows them down by name, service and host while somebody types. */
export function IntegrationSearch<Item extends Integration>({ integrations, children }: Props<Item>) {
  const { t } = useText();
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const found = integrations.filter(({ name, serviceName, host }) =>
    `${name}\n${serviceName}\n${host}`.toLowerCase().includes(wanted),
  );
  return (
    <>
      <div className="search">
        <Field label={t('integrations.search')}>
          {({ id }) => (
            <Textfield
              id={id}
              type="search"
              placeholder={t('integrations.search.placeholder')}
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
              autoComplete="off"
            />
          )}
        </Field>
        <span className="small subtle search-found" role="status">
          {wanted !== '' && t('integrations.found', { count: found.length })}
        </span>
      </div>
      {found.length > 0 ? children(found) : <p>{t('integrations.none', { search: search.trim() })}</p>}
    </>
  );
}
