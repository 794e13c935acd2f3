-- How often a server began with an import: more than once when one ended in the middle of it. `warnings` is what the
-- inspection said of a file whose columns nobody looked at.
alter table cloud_import add column attempts integer not null default 0;
alter table cloud_import add column warnings jsonb not null default '[]';
create index cloud_rejection_import on cloud_rejection (import_id) where import_id is not null;

-- Remembered mappings hold for one site: another one's files of the same columns may stand in another time zone.
delete from cloud_mapping;
alter table cloud_mapping drop constraint cloud_mapping_pkey;
alter table cloud_mapping add column site_id uuid not null references cloud_node (id);
alter table cloud_mapping add column file_name text not null;
alter table cloud_mapping add column actor_name text not null;
alter table cloud_mapping add primary key (site_id, signature);
