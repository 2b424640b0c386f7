CREATE TABLE "directory_import_lines" (
	"id" text PRIMARY KEY NOT NULL,
	"import_id" text NOT NULL,
	"did" text NOT NULL,
	"entry" text NOT NULL,
	"name" text,
	"detail" text
);
--> statement-breakpoint
CREATE TABLE "directory_imports" (
	"id" text PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"status" text NOT NULL,
	"next_page" integer NOT NULL,
	"created" integer NOT NULL,
	"updated" integer NOT NULL,
	"unchanged" integer NOT NULL,
	"left_out" integer NOT NULL,
	"failure" text,
	"started_by" text,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "locations" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"organisation_id" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"address_lines" jsonb NOT NULL,
	"city" text,
	"postcode" text,
	"latitude" double precision,
	"longitude" double precision,
	"ward_code" text,
	"access" jsonb NOT NULL,
	"access_note" text,
	"feed" text
);
--> statement-breakpoint
CREATE TABLE "project_responses" (
	"project_id" text PRIMARY KEY NOT NULL,
	"answered" integer NOT NULL,
	"accepted" integer NOT NULL,
	"reply_days" integer,
	"wait_low_days" integer,
	"wait_high_days" integer,
	"waited" integer NOT NULL,
	"counted_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "geography_imports" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"file" text NOT NULL,
	"digest" text NOT NULL,
	"edition" text NOT NULL,
	"rows_read" integer NOT NULL,
	"rows_kept" integer NOT NULL,
	"started_by" text,
	"imported_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "neighbourhoods" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"authority_code" text,
	"ward_code" text,
	"imd_rank" integer,
	"imd_decile" integer,
	"imd_year" integer
);
--> statement-breakpoint
CREATE TABLE "postcodes" (
	"postcode" text PRIMARY KEY NOT NULL,
	"ward_code" text,
	"lsoa_code" text,
	"authority_code" text,
	"latitude" double precision,
	"longitude" double precision,
	"ended_on" date
);
--> statement-breakpoint
CREATE TABLE "practices" (
	"ods_code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"address_lines" jsonb NOT NULL,
	"postcode" text,
	"phone" text,
	"closed_on" date
);
--> statement-breakpoint
CREATE TABLE "wards" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"authority_code" text,
	"authority_name" text,
	"locality" text
);
--> statement-breakpoint
CREATE TABLE "unmet_needs" (
	"id" text PRIMARY KEY NOT NULL,
	"referral_id" text NOT NULL,
	"placement_id" text,
	"project_id" text,
	"need" text NOT NULL,
	"why" text NOT NULL,
	"note" text,
	"ward_code" text,
	"recorded_by" text,
	"recorded_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "description" text;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "url" text;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "charity_number" text;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "feed" text;--> statement-breakpoint
ALTER TABLE "groups" ADD COLUMN "times" jsonb;--> statement-breakpoint
ALTER TABLE "groups" ADD COLUMN "location_id" text;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "status" text DEFAULT 'active' NOT NULL;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "is_open_access" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "greeter" text;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "how_to_refer" text;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "url" text;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "contact_name" text;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "contact_phone" text;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "contact_email" text;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "cost_pence" integer;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "cost_note" text;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "languages" jsonb;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "access" jsonb;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "interests" jsonb;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "alert" text;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "assured_on" date;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "assured_by" text;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "chased_on" date;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "feed" text;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "changed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "lsoa_code" text;--> statement-breakpoint
ALTER TABLE "signposts" ADD COLUMN "ask_on" date;--> statement-breakpoint
ALTER TABLE "signposts" ADD COLUMN "answer" text;--> statement-breakpoint
ALTER TABLE "signposts" ADD COLUMN "answered_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "directory_import_lines" ADD CONSTRAINT "directory_import_lines_import_id_directory_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."directory_imports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "directory_imports" ADD CONSTRAINT "directory_imports_started_by_users_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "locations" ADD CONSTRAINT "locations_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_responses" ADD CONSTRAINT "project_responses_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "geography_imports" ADD CONSTRAINT "geography_imports_started_by_users_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unmet_needs" ADD CONSTRAINT "unmet_needs_referral_id_referrals_id_fk" FOREIGN KEY ("referral_id") REFERENCES "public"."referrals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unmet_needs" ADD CONSTRAINT "unmet_needs_recorded_by_users_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "directory_import_lines_import" ON "directory_import_lines" USING btree ("import_id","id");--> statement-breakpoint
CREATE INDEX "directory_imports_started" ON "directory_imports" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "locations_organisation" ON "locations" USING btree ("organisation_id");--> statement-breakpoint
CREATE INDEX "locations_postcode" ON "locations" USING btree ("postcode");--> statement-breakpoint
CREATE INDEX "neighbourhoods_ward" ON "neighbourhoods" USING btree ("ward_code");--> statement-breakpoint
CREATE INDEX "practices_postcode" ON "practices" USING btree ("postcode");--> statement-breakpoint
CREATE INDEX "wards_locality" ON "wards" USING btree ("locality");--> statement-breakpoint
CREATE INDEX "unmet_needs_referral" ON "unmet_needs" USING btree ("referral_id");--> statement-breakpoint
CREATE INDEX "unmet_needs_recorded" ON "unmet_needs" USING btree ("recorded_at");--> statement-breakpoint
CREATE INDEX "unmet_needs_placement" ON "unmet_needs" USING btree ("placement_id") WHERE placement_id is not null;--> statement-breakpoint
ALTER TABLE "groups" ADD CONSTRAINT "groups_location_id_locations_id_fk" FOREIGN KEY ("location_id") REFERENCES "public"."locations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "projects" ADD CONSTRAINT "projects_assured_by_users_id_fk" FOREIGN KEY ("assured_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "projects_feed" ON "projects" USING btree ("feed") WHERE feed is not null;--> statement-breakpoint
CREATE INDEX "signposts_ask_on" ON "signposts" USING btree ("ask_on") WHERE ask_on is not null;