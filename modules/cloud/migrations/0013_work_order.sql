-- What somebody does about something: raised by hand or from what a module found. `number` is what people call it by. Of its
-- parts (checklist, spare parts, times) a person changes one at a time under a lock of the row, so two tablets lose nothing.
-- `source_*` says what it was raised from; `finding_id` is the entry of the ledger that proves it.
create table cloud_work_order (
  id uuid primary key,
  number integer generated always as identity unique,
  site_id uuid not null references cloud_node (id),
  node_id uuid not null references cloud_node (id),
  title text not null,
  description text not null default '',
  priority text not null check (priority in ('low', 'normal', 'high', 'urgent')),
  state text not null default 'open' check (state in ('open', 'in-progress', 'done', 'cancelled')),
  owner_id uuid,
  owner_name text,
  due_at timestamptz,
  source_kind text,
  source_id text,
  source_link text,
  source_title text,
  finding_id uuid,
  checklist jsonb not null default '[]',
  parts jsonb not null default '[]',
  times jsonb not null default '[]',
  outcome jsonb,
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null,
  closed_at timestamptz,
  overdue_alert uuid
);
create index cloud_work_order_node on cloud_work_order (node_id);
create index cloud_work_order_source on cloud_work_order (source_kind, source_id) where source_id is not null;
create index cloud_work_order_unfinished on cloud_work_order (due_at) where state in ('open', 'in-progress');

-- Pictures are blobs; the same picture twice on one order is one.
create table cloud_work_order_photo (
  order_id uuid not null references cloud_work_order (id),
  hash text not null,
  name text not null,
  media_type text not null,
  size integer not null,
  added_by text not null,
  added_at timestamptz not null,
  primary key (order_id, hash)
);

create table cloud_work_order_comment (
  id uuid primary key,
  order_id uuid not null references cloud_work_order (id),
  said_by text not null,
  at timestamptz not null,
  text text not null
);
create index cloud_work_order_comment_order on cloud_work_order_comment (order_id, at);
