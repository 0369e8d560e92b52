package orders

import "pstar/theorems"

// rows are ours: the paper has two orders, each the reverse of the other.
var rows = []theorems.Theorem{
	{
		Tag:       "CRS-OLP",
		Statement: "weighted orders: the best guarantee of any scheme is the value of a linear program, and weights of the elements bound it",
		Engine:    theorems.Checked, Scope: "for the probabilities, orders and weights given, exactly",
		Commands: []theorems.Command{{Line: "verify orders -n 3 -every-order", Shows: "CRS-OLP checked for 6 orders the best guarantee is"}},
	},
	{
		Tag:       "CRS-O2",
		Statement: "the forward and the backward order with weights 1/2: the program has the value LPOPT",
		Engine:    theorems.Checked, Scope: "for the probabilities given, exactly",
		Commands: []theorems.Command{{Line: "verify orders -n 3 -orders 1,2,3/3,2,1", Shows: "CRS-O2 checked"}},
	},
	{
		Tag:       "CRS-OBEST",
		Statement: "of all pairs of orders with weights 1/2, the one that is named has the largest guarantee",
		Engine:    theorems.Checked, Scope: "for the probabilities of at most 6 elements, by solving or bounding every pair",
		Commands: []theorems.Command{{Line: "verify orders -x 1/2,1/3,1/6 -best", Shows: "CRS-OBEST checked"}},
	},
}
