-- Networks inside the plant whose cameras may be opened, beside those that the setting allowedNetworks names.
create table matrixvision_network (
  -- CIDR notation.
  network text primary key,
  created_at timestamptz not null,
  actor_id text not null,
  actor_name text not null
);
