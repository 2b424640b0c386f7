create table groups (id text primary key, name text not null, places integer not null, is_open boolean default true not null,
  starts_on date, created_at timestamp(3) with time zone, tags jsonb default '[]' not null, constraint groups_places check (places >= 0));
--> statement-breakpoint
create unique index groups_name on groups (name);
--> statement-breakpoint
create table acceptances (group_id text not null references groups (id), person text not null,
  primary key (group_id, person));
--> statement-breakpoint
create table trusting (group_id text references groups (id) deferrable initially deferred);
