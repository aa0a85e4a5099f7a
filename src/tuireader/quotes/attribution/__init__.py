"""Who said a quotation: candidate speakers, their features, and the choice among them."""
