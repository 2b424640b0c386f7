CREATE TABLE "memberships" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"organisation_id" text NOT NULL,
	"role" text NOT NULL,
	"suspended_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "organisations" (
	"id" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"ods_code" text,
	"email" text,
	"is_default_service" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text NOT NULL,
	"suspended_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "groups" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"project_id" text NOT NULL,
	"provider_organisation_id" text NOT NULL,
	"name" text NOT NULL,
	"schedule" text NOT NULL,
	"venue" text NOT NULL,
	"rules" jsonb NOT NULL,
	"capacity_kind" text NOT NULL,
	"places" integer,
	"capacity_confirmed_at" timestamp (3) with time zone,
	"intake_paused" boolean NOT NULL,
	"intake_reopens_on" date,
	"course_starts_on" date,
	"course_ends_on" date,
	"cancelled_at" timestamp (3) with time zone,
	CONSTRAINT "groups_places" CHECK (("groups"."capacity_kind" = 'open') = ("groups"."places" is null)),
	CONSTRAINT "groups_places_range" CHECK ("groups"."places" >= 0)
);
--> statement-breakpoint
CREATE TABLE "projects" (
	"id" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"provider_organisation_id" text NOT NULL,
	"name" text NOT NULL,
	"summary" text NOT NULL,
	"first_visit" text,
	"needs" jsonb NOT NULL,
	"rules" jsonb NOT NULL,
	"is_crisis" boolean NOT NULL,
	"is_listed" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "grants" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"referral_id" text NOT NULL,
	"placement_id" text,
	"organisation_id" text NOT NULL,
	"basis" text NOT NULL,
	"reason" text,
	"recorded_by" text,
	"granted_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"full_name" text NOT NULL,
	"given_name" text,
	"family_name" text,
	"search_name" text NOT NULL,
	"date_of_birth" date NOT NULL,
	"nhs_number" text,
	"address_lines" jsonb,
	"postcode" text,
	"no_fixed_address" boolean NOT NULL,
	"ward_code" text,
	"phone" text,
	"email" text,
	"practice_ods_code" text,
	"gender" text,
	"ethnicity" text,
	"preferred_language" text,
	"interpreter" boolean,
	"communication_needs" text,
	"safe_contact" jsonb NOT NULL,
	"facts" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "attendances" (
	"id" text PRIMARY KEY NOT NULL,
	"placement_id" text NOT NULL,
	"session_on" date NOT NULL,
	"attended" boolean NOT NULL,
	"late" boolean NOT NULL,
	"reason" text,
	"recorded_by" text NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "placements" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"referral_id" text NOT NULL,
	"group_id" text NOT NULL,
	"project_id" text NOT NULL,
	"provider_organisation_id" text NOT NULL,
	"receiving_organisation_id" text NOT NULL,
	"status" text NOT NULL,
	"reason" text,
	"declined_rule" text,
	"note" text,
	"override_reason" text,
	"sent_at" timestamp (3) with time zone NOT NULL,
	"accepted_at" timestamp (3) with time zone,
	"booked_for" timestamp (3) with time zone,
	"started_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"waiting_since" timestamp (3) with time zone,
	"missed_in_a_row" integer NOT NULL,
	"next_owner_kind" text,
	"next_owner_id" text,
	"next_step" text,
	"next_due_on" date,
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "placements_next_action" CHECK (case when "placements"."status" in ('sent', 'seen', 'information_needed', 'waitlisted', 'paused', 'offered', 'accepted', 'booked', 'started', 'did_not_start') then next_owner_kind is not null and next_owner_id is not null and next_step is not null and next_due_on is not null else next_owner_kind is null and next_owner_id is null and next_step is null and next_due_on is null end)
);
--> statement-breakpoint
CREATE TABLE "answers" (
	"id" text PRIMARY KEY NOT NULL,
	"body_digest" text NOT NULL,
	"status" integer NOT NULL,
	"body" jsonb NOT NULL,
	"about" text,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_rows" (
	"id" text PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"organisation_id" text,
	"action" text NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" text,
	"event_id" text,
	"request_id" text,
	"detail" jsonb NOT NULL,
	"digest" text NOT NULL,
	"sequence" integer,
	"seal" text
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"subject_version" integer NOT NULL,
	"referral_id" text,
	"from_status" text,
	"to_status" text,
	"reason" text,
	"detail" jsonb NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"organisation_id" text,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "job_leases" (
	"name" text PRIMARY KEY NOT NULL,
	"held_by" text,
	"leased_until" timestamp (3) with time zone,
	"last_started_at" timestamp (3) with time zone,
	"last_finished_at" timestamp (3) with time zone,
	"last_error" text
);
--> statement-breakpoint
CREATE TABLE "mailbox" (
	"id" text PRIMARY KEY NOT NULL,
	"to" text NOT NULL,
	"subject" text NOT NULL,
	"text" text NOT NULL,
	"html" text NOT NULL,
	"message_id" text NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" text PRIMARY KEY NOT NULL,
	"notice" text NOT NULL,
	"to_kind" text NOT NULL,
	"to_id" text NOT NULL,
	"referral_id" text,
	"placement_id" text,
	"event_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"next_attempt_at" timestamp (3) with time zone NOT NULL,
	"attempts" integer NOT NULL,
	"leased_until" timestamp (3) with time zone,
	"sent_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"outcome" text
);
--> statement-breakpoint
CREATE TABLE "contacts" (
	"id" text PRIMARY KEY NOT NULL,
	"referral_id" text NOT NULL,
	"outcome" text NOT NULL,
	"channel" text NOT NULL,
	"note" text,
	"made_by" text NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "drafts" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"organisation_id" text NOT NULL,
	"content" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "goals" (
	"id" text PRIMARY KEY NOT NULL,
	"referral_id" text NOT NULL,
	"text" text NOT NULL,
	"importance" integer NOT NULL,
	"result" text
);
--> statement-breakpoint
CREATE TABLE "referrals" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"reference" text NOT NULL,
	"person_id" text NOT NULL,
	"status" text NOT NULL,
	"priority" text NOT NULL,
	"origin" text NOT NULL,
	"referring_organisation_id" text,
	"referred_by" text,
	"receiving_organisation_id" text NOT NULL,
	"navigator_id" text,
	"reason" text NOT NULL,
	"what_matters_to_me" text,
	"needs" jsonb NOT NULL,
	"strengths" jsonb NOT NULL,
	"project_basis" text,
	"project_basis_reason" text,
	"received_at" timestamp (3) with time zone NOT NULL,
	"contacted_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"closing_reason" text,
	"closing_summary" text,
	"duplicate_of" text,
	"next_owner_kind" text,
	"next_owner_id" text,
	"next_step" text,
	"next_due_on" date,
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "referrals_next_action" CHECK (case when "referrals"."status" in ('submitted', 'assigned', 'information_needed', 'contacted', 'active', 'on_hold', 'redirected') then next_owner_kind is not null and next_owner_id is not null and next_step is not null and next_due_on is not null else next_owner_kind is null and next_owner_id is null and next_step is null and next_due_on is null end)
);
--> statement-breakpoint
CREATE TABLE "risks" (
	"id" text PRIMARY KEY NOT NULL,
	"referral_id" text NOT NULL,
	"kind" text NOT NULL,
	"detail" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "groups" ADD CONSTRAINT "groups_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "groups" ADD CONSTRAINT "groups_provider_organisation_id_organisations_id_fk" FOREIGN KEY ("provider_organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "projects" ADD CONSTRAINT "projects_provider_organisation_id_organisations_id_fk" FOREIGN KEY ("provider_organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_recorded_by_users_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendances" ADD CONSTRAINT "attendances_placement_id_placements_id_fk" FOREIGN KEY ("placement_id") REFERENCES "public"."placements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendances" ADD CONSTRAINT "attendances_recorded_by_users_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placements" ADD CONSTRAINT "placements_referral_id_referrals_id_fk" FOREIGN KEY ("referral_id") REFERENCES "public"."referrals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placements" ADD CONSTRAINT "placements_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placements" ADD CONSTRAINT "placements_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placements" ADD CONSTRAINT "placements_provider_organisation_id_organisations_id_fk" FOREIGN KEY ("provider_organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placements" ADD CONSTRAINT "placements_receiving_organisation_id_organisations_id_fk" FOREIGN KEY ("receiving_organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_referral_id_referrals_id_fk" FOREIGN KEY ("referral_id") REFERENCES "public"."referrals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_made_by_users_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "goals" ADD CONSTRAINT "goals_referral_id_referrals_id_fk" FOREIGN KEY ("referral_id") REFERENCES "public"."referrals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_referring_organisation_id_organisations_id_fk" FOREIGN KEY ("referring_organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_referred_by_users_id_fk" FOREIGN KEY ("referred_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_receiving_organisation_id_organisations_id_fk" FOREIGN KEY ("receiving_organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_navigator_id_users_id_fk" FOREIGN KEY ("navigator_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "risks" ADD CONSTRAINT "risks_referral_id_referrals_id_fk" FOREIGN KEY ("referral_id") REFERENCES "public"."referrals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "memberships_user_organisation" ON "memberships" USING btree ("user_id","organisation_id");--> statement-breakpoint
CREATE INDEX "memberships_organisation_role" ON "memberships" USING btree ("organisation_id","role");--> statement-breakpoint
CREATE UNIQUE INDEX "organisations_slug" ON "organisations" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "organisations_ods_code" ON "organisations" USING btree ("ods_code");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_expires" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email" ON "users" USING btree ("email");--> statement-breakpoint
CREATE INDEX "groups_project" ON "groups" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "groups_provider" ON "groups" USING btree ("provider_organisation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "projects_slug" ON "projects" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "projects_provider" ON "projects" USING btree ("provider_organisation_id");--> statement-breakpoint
CREATE INDEX "grants_referral_organisation" ON "grants" USING btree ("referral_id","organisation_id");--> statement-breakpoint
CREATE INDEX "grants_placement" ON "grants" USING btree ("placement_id");--> statement-breakpoint
CREATE INDEX "people_search_name" ON "people" USING btree ("search_name");--> statement-breakpoint
CREATE INDEX "people_nhs_number" ON "people" USING btree ("nhs_number");--> statement-breakpoint
CREATE UNIQUE INDEX "attendances_once_per_session" ON "attendances" USING btree ("placement_id","session_on");--> statement-breakpoint
CREATE INDEX "placements_referral" ON "placements" USING btree ("referral_id");--> statement-breakpoint
CREATE INDEX "placements_group_status" ON "placements" USING btree ("group_id","status");--> statement-breakpoint
CREATE INDEX "placements_provider" ON "placements" USING btree ("provider_organisation_id","status","sent_at","id");--> statement-breakpoint
CREATE INDEX "placements_provider_sent" ON "placements" USING btree ("provider_organisation_id","sent_at","id");--> statement-breakpoint
CREATE INDEX "placements_receiving_sent" ON "placements" USING btree ("receiving_organisation_id","sent_at","id");--> statement-breakpoint
CREATE INDEX "placements_receiving" ON "placements" USING btree ("receiving_organisation_id","status","sent_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "placements_once_per_group" ON "placements" USING btree ("referral_id","group_id") WHERE status in ('sent', 'seen', 'information_needed', 'waitlisted', 'paused', 'offered', 'accepted', 'booked', 'started', 'did_not_start');--> statement-breakpoint
CREATE INDEX "answers_created" ON "answers" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "answers_about" ON "answers" USING btree ("about");--> statement-breakpoint
CREATE UNIQUE INDEX "audit_rows_sequence" ON "audit_rows" USING btree ("sequence") WHERE sequence is not null;--> statement-breakpoint
CREATE INDEX "audit_rows_unsealed" ON "audit_rows" USING btree ("id") WHERE sequence is null;--> statement-breakpoint
CREATE INDEX "audit_rows_subject" ON "audit_rows" USING btree ("subject_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "audit_rows_event" ON "audit_rows" USING btree ("event_id");--> statement-breakpoint
CREATE UNIQUE INDEX "events_subject_version" ON "events" USING btree ("subject_id","subject_version");--> statement-breakpoint
CREATE INDEX "events_referral" ON "events" USING btree ("referral_id","at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "mailbox_message_id" ON "mailbox" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "mailbox_received" ON "mailbox" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" USING btree ("next_attempt_at") WHERE sent_at is null and ended_at is null;--> statement-breakpoint
CREATE INDEX "outbox_referral" ON "outbox" USING btree ("referral_id");--> statement-breakpoint
CREATE INDEX "contacts_referral" ON "contacts" USING btree ("referral_id","made_at");--> statement-breakpoint
CREATE INDEX "drafts_user" ON "drafts" USING btree ("user_id","organisation_id");--> statement-breakpoint
CREATE INDEX "drafts_expires" ON "drafts" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "goals_referral" ON "goals" USING btree ("referral_id");--> statement-breakpoint
CREATE UNIQUE INDEX "referrals_reference" ON "referrals" USING btree ("reference");--> statement-breakpoint
CREATE INDEX "referrals_receiving" ON "referrals" USING btree ("receiving_organisation_id","status","received_at","id");--> statement-breakpoint
CREATE INDEX "referrals_receiving_received" ON "referrals" USING btree ("receiving_organisation_id","received_at","id");--> statement-breakpoint
CREATE INDEX "referrals_receiving_due" ON "referrals" USING btree ("receiving_organisation_id","next_due_on","id");--> statement-breakpoint
CREATE INDEX "referrals_referring" ON "referrals" USING btree ("referring_organisation_id","changed_at","id");--> statement-breakpoint
CREATE INDEX "referrals_referring_received" ON "referrals" USING btree ("referring_organisation_id","received_at","id");--> statement-breakpoint
CREATE INDEX "referrals_navigator" ON "referrals" USING btree ("navigator_id","status");--> statement-breakpoint
CREATE INDEX "referrals_person" ON "referrals" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "risks_referral" ON "risks" USING btree ("referral_id");