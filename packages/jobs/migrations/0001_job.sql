-- What people see of background work. The queue itself (pg-boss, schema pgboss) only carries the id.
create table job (
  id uuid primary key,
  type text not null,
  subject text,
  site_id uuid,
  actor jsonb not null,
  payload jsonb not null,
  state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  progress double precision not null default 0,
  message text not null default '',
  result jsonb,
  error jsonb,
  cancel_requested boolean not null default false,
  attempt integer not null default 0,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz
);
create index job_created on job (created_at desc);
create index job_open on job (state) where state in ('queued', 'running');
