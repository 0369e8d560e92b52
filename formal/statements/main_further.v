(* statements_more.v -- the statements of elimination, vocabulary, hardness, rationing, knapsack, printed, expinst, and what
   each assumes: "Closed under the global context" everywhere but in expinst, which rests on the
   three axioms of mathcomp-analysis. *)
From mathcomp Require Import all_ssreflect ssralg ssrnum.
Require Import multidraft schemes contention transport optimum drafts lpsi phi elimination vocabulary hardness rationing knapsack printed block multipath maximum expinst.
Set Printing Width 110.
Print stage1. Print stage2. Print touch. Print reach2. Print pair_alpha.
Check MD_L3_selection. Print Assumptions MD_L3_selection.
Check MD_L3. Print Assumptions MD_L3.
Check MD_L3_printed. Print Assumptions MD_L3_printed.
Check MD_L4_step. Print Assumptions MD_L4_step.
Check MD_L4. Print Assumptions MD_L4.
Check MD_L4_all. Print Assumptions MD_L4_all.
Check MD_L4_printed. Print Assumptions MD_L4_printed.
Check MD_L3_L4. Print Assumptions MD_L3_L4.
Check touch_iid2. Print Assumptions touch_iid2.
Check MD_L4_row127_false. Print Assumptions MD_L4_row127_false.
Print eps. Print pt.
Check truncation_value. Print Assumptions truncation_value.
Check kept_accept. Print Assumptions kept_accept.
Check IS_E11_general. Print Assumptions IS_E11_general.
Check IS_E11. Print Assumptions IS_E11.
Check CRS_T3_4. Print Assumptions CRS_T3_4.
Check CRS_T1_3. Print Assumptions CRS_T1_3.
Print Ew. Print alloc. Print next. Print rem. Print allocation. Print fill_rate.
Check calibrate. Print Assumptions calibrate.
Check threshold. Print Assumptions threshold.
Check CRS_L2_2. Print Assumptions CRS_L2_2.
Print bit.
Check CRS_L4_2_ratio. Print Assumptions CRS_L4_2_ratio.
Check CRS_L4_2. Print Assumptions CRS_L4_2.
Print acceptance. Print correction. Print emitted. Print lossless. Print rows. Print mean_accepted. Print objective.
Check MD_paths_lossless. Print Assumptions MD_paths_lossless.
Check MD_paths_objective. Print Assumptions MD_paths_objective.
Check MD_paths. Print Assumptions MD_paths.
Check projection. Print Assumptions projection.
Check lp_max. Print Assumptions lp_max.
Check LPSI_has_max. Print Assumptions LPSI_has_max.
Check best_guarantee. Print Assumptions best_guarantee.
Check expR_tangent. Print Assumptions expR_tangent.
Check CRS_T1_2_exp. Print Assumptions CRS_T1_2_exp.
Check CRS_T1_2_one. Print Assumptions CRS_T1_2_one.
Check CRS_T3_4_exp. Print Assumptions CRS_T3_4_exp.
Check CRS_T1_3_exp. Print Assumptions CRS_T1_3_exp.
