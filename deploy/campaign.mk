# A run in shards by make: -j says how many at a time, on machines where nothing else is
# installed. Each shard has a folder of its own.
#   make -f deploy/campaign.mk -j4 SHARDS=8 STATE=run ARGS='-k 2..6 -n 2..14'
# make -k goes on with the others when one is refuted or fails; the same command goes on with
# what is missing. In the end the shards are merged into STATE/all.
SHARDS ?= 4
STATE ?= run
VERIFY ?= verify
ARGS ?= $(error ARGS is what verify is to do, such as ARGS='-k 2..3 -n 2..6')

shards := $(addprefix shard-,$(shell seq $(SHARDS)))

.PHONY: all report $(shards)
all: report
	@$(VERIFY) $(ARGS) -state $(STATE)/all

report: $(shards)
	@$(VERIFY) report $(addprefix $(STATE)/,$(shell seq $(SHARDS))) -merge $(STATE)/all

$(shards): shard-%:
	@$(VERIFY) $(ARGS) -state $(STATE)/$* -shard $*/$(SHARDS) >/dev/null
