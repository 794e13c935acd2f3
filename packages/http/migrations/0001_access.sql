-- People, their sessions, and tokens for machines. Secrets are kept as hashes only.
create table access_user (
  id uuid primary key,
  name text not null,
  display_name text not null default '',
  password_hash text not null,
  must_change_password boolean not null default false,
  role text not null,
  site_ids uuid[],
  language text,
  failed_attempts integer not null default 0,
  locked_until timestamptz,
  disabled boolean not null default false,
  created_at timestamptz not null
);
create unique index access_user_name on access_user (lower(name));

create table access_session (
  secret_hash text primary key,
  user_id uuid not null references access_user (id) on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  user_agent text not null default ''
);
create index access_session_user on access_session (user_id);

create table access_token (
  id uuid primary key,
  name text not null,
  secret_hash text not null unique,
  role text not null,
  scopes text[] not null,
  site_ids uuid[],
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);
